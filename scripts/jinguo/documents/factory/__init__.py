"""The templates the program comes with, as staff first get them; they edit the files in Word. One builder each,
named in the register."""
