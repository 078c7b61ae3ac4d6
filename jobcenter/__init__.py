"""jobcenter: an employment service centre and a vocational school in one building.

The map, from the door down (docs/decisions/ says why):

app          puts settings, extensions and desks together; nothing else
cli, desks   commands; and the only HTTP, one folder per audience, each with one guard
upkeep       what must always hold, what ails the installation
jobs         background work: what each kind does, what runs by the clock, the worker
privacy      requests about data, erasure, retention, breaches, the inventory
exchange     Excel in (check, preview, undo) and out
documents    papers as PDF by typst, or on the office's own Word form
reports      indicators declared once and counted from records; frozen reports; bulletins
matching     rows -> ml documents -> explained, stored recommendations; the only room that opens ml
certificates blanks, the register, safety training     tuition  fees, invoices, public support
teaching     attendance, marks, examinations, results
referrals    a seeker put forward for a vacancy    advising  visits to the counter
enrolments   a person and a class: applying, places, waiting list, funding
placements   a person in a job: it fills a place of the vacancy
vacancies    job orders: headcount, requirements, conditions
courses      programmes, the plan of a year, classes, timetables
seekers      people looking for work          enterprises  firms, their users, parks, bus routes
people       identity, contact, consent       drafts  forms begun and not saved yet
notices      what is told to people: the outbox, calls to make, replies
work         long work as rows: percent, result, owner, cancel
papers       the register of numbered papers, from draft to cancelled
accounts     who signs in, sessions           catalogue    dated code lists, calendar, the two units
settings     values by date, declared by the rooms that use them
audit        the append-only ledger
kernel       database, text, clock, numbers: no business words
"""
