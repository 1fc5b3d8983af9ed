"""Respiration, oxygen and limb movements: what is measured, proposed and counted of a night."""
