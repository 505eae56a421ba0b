"""The first start of a real hall on the screen: which division, which three administrators, and then the sign-in."""
