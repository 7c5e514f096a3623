"""Take part: what somebody is going to do, and when."""
