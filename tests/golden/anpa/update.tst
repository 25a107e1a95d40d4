r0433us-----
u n BC-XX--OldHarbor 2ndLd-Writethru    03-03 0391
^BC-XX--Old Harbor, 2nd Ld-Writethru,391<
^Lake City closes its old harbor<
^Eds: Updates throughout.<
	   LAKE CITY (AP) _ The council of Lake City voted Tuesday to close the old harbor.
AP-NY-03-03-26 1720GMT<

