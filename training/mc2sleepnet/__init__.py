"""The recipe of MC²SleepNet: its configuration, stages and losses."""
