r0470us-----
r i BC-LT--Malaga-Harbor    03-03 0021
^BC-LT--Malaga-Harbor,21<
^Málaga closes its old harbor<
	   MÁLAGA, Spain (AP) _ Mayor Íñigo Peñas said it was about time.
AP-NY-03-03-26 1720GMT<

