r0421us-----
r n BC-XX--OldHarbor     03-03 0391
^BC-XX--Old Harbor,391<
^Lake City closes its old harbor<
^AP Photo XNP101, XNP102<
^Eds: With AP Photos.<
^By INES FALK=
^Associated Press=
	   LAKE CITY (AP) _ The council of Lake City voted Tuesday to close the old harbor.

	   ``It had its day,'' Mayor Ottilie Brandt said.
AP-NY-03-03-26 1720GMT<

