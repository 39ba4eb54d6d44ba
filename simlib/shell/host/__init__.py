"""The machine: its clock, its processes, its disks, who is logged in."""
