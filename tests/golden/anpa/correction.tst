r0440us-----
r n BC-XX--OldHarbor, Correction    03-03 0041
^BC-XX--Old Harbor, Correction,41<
^Correction: Old Harbor story<
	   LAKE CITY (AP) _ In a story March 3 about a harbor, The Associated Press reported the wrong day. The harbor closes May 1.
AP-NY-03-03-26 1720GMT<

