"""Runs one program and prints what it took as JSON: timer.py FOLDER PROGRAM ARGUMENTS…

A process of its own and as small as Python gets: the kernel counts the memory of a parent before `exec` as the child's.
"""
import os, sys, time

folder, command = sys.argv[1], sys.argv[2:]
if folder != "-":
    os.chdir(folder)
quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
started = time.monotonic()
child = os.posix_spawnp(command[0], command, os.environ, file_actions=quiet)
_, status, used = os.wait4(child, 0)
wall = time.monotonic() - started
print('{"wall": %f, "cpu": %f, "mib": %f, "code": %d}' % (
    wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)))
