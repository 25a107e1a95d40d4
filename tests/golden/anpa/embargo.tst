r0460us-----
r a BC-XX--Fish    03-03 0021
^BC-XX--Fish, ADV05,21<
^Fish lose their sense of smell<
^Eds: Embargoed until 0001 GMT Thursday, March 5.<
	   LAKE CITY (AP) _ Fish in the old harbor have lost their sense of smell.
AP-NY-03-03-26 1720GMT<

