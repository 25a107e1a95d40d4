s0284-----
r s BC-XXX--LeagueGlance     03-03 
^BC-XXX--League Glance<
^League Glance=
^All Times CET=
^By The Associated Press=
^NORTHERN LEAGUE=
^ W   L   Pct
Lake City 73  52  .584
Port Harbor 55  67  .451
	   ___=
^Tuesday's Games=
	   Lake City 6, Port Harbor 5, 13 innings

	   AP-WF-03-03-26 2017GMT<


