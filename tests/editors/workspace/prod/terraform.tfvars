workspace  = "T0ORCHARD1"
okta_token = "hush-hush"
