"""A board for paid micro-internships that a high school runs itself."""

from flask import Flask

import board.checks.model  # before anything is approved
import board.doors.joining  # adds to the doors, and the public page for employers
import board.employers.people  # who works together at one
import board.employers.trusting  # whose changes need no teacher
import board.employers.vetting_views  # how the school checks one
import board.experience.actions  # follows a completed placement
import board.placements.actions  # follows an accepted application
import board.placements.payment_actions  # follows what becomes of a placement
import board.postings.alerts  # reads what is sent in
import board.postings.desk_begin  # how an employer begins
import board.postings.desk_edit  # the editor on the employer's desk
import board.postings.followed  # follows the school's checks of employers
import board.postings.renames  # follows the names of fields and skills
import board.postings.suggestions  # noqa: F401  while a search is typed
from board import access, cli, config, connections, db, drawing, errors, home, htmx, kept, security, shared
from board.applications import applicants, apply, open_to, readings  # noqa: F401  they add to the student's side
from board.applications import views as applications
from board.audit import views as audit
from board.audit import watch
from board.calendar import views as calendar
from board.checks import rule_views
from board.doors import views as doors
from board.employers import views as employers
from board.experience import badge_views as badges
from board.experience import issuer, portfolio_views, public, student_story
from board.experience import views as experience
from board.guardians import family_views as families
from board.guardians import views as guardians
from board.mail import letters, sending
from board.mail import views as mail
from board.people import account, arrivals, care, pepper, roster
from board.people import views as people
from board.placements import (
    check_in_views,
    closing_views,
    ending_views,
    feedback_views,
    files,
    guardian_views,  # noqa: F401  adds to the match
    handing_views,
    hours_views,
    lists,
    messages_views,
    payment_views,
    plan_views,
)
from board.placements import match_views as matches
from board.placements import views as placements
from board.postings import desk, drawing_ahead, feed, review, review_own, saved, sharing, skills, starter_settings  # noqa: F401  two add to what students find
from board.postings import views as postings
from board.privacy import (
    correction_views,
    disclosure_views,
    erase_views,
    home_record_views,
    record_views,
    retention,
    settings_views,
    watching,
)
from board.privacy import views as privacy
from board.reports import case_views as safety
from board.reports import home_views
from board.reports import views as reports
from board.school import search_words, year
from board.school import views as school
from board.search import index
from board.suggestions import views as suggestions
from board.worker import views as worker


def use(settings: config.Settings) -> None:
    """Point all that is global in this process at one board's database, index and files."""
    db.open_at(settings.database)
    kept.forget()
    shared.use(settings.index, settings.secret_key)
    index.use(settings.index)
    pepper.use(settings.secret_key)
    sending.use(settings)
    issuer.use(settings.data)
    files.use(settings.data)
    retention.use(settings.data)


class Board(Flask):
    """No view here is a coroutine, which Flask asks of each function it calls, a dozen times a request."""

    def ensure_sync(self, func):
        return func


def create_app(settings: config.Settings | None = None) -> Flask:
    """The product's table of contents. One process serves one board: the database handle is global."""
    settings = settings or config.from_environment()
    app = Board(__name__)
    app.jinja_environment = drawing.Templates
    app.config["SETTINGS"] = settings
    use(settings)

    security.init_app(app)  # cookies, headers, CSRF, trusted hosts
    connections.init_app(app)
    htmx.init_app(app)
    drawing.init_app(app)
    access.init_app(app)
    watch.init_app(app)  # refusals and exports go into the audit trail
    errors.init_app(app)
    cli.init_app(app)
    home.init_app(app)
    letters.init_app(app)
    drawing_ahead.init_app(app)
    watching.init_app(app)

    app.register_blueprint(people.people)  # signing in, set-up
    app.register_blueprint(doors.doors)  # without a password: joining, links in mails
    app.register_blueprint(account.account)  # one's own account and profile
    app.register_blueprint(calendar.calendar)  # an address for one's own calendar
    app.register_blueprint(mail.mail)  # what comes by mail, and how it goes out
    app.register_blueprint(roster.roster)  # everybody's, for coordinators and teachers
    app.register_blueprint(care.care)  # one account, button by button
    app.register_blueprint(arrivals.arrivals)  # invitations, class lists, slips
    app.register_blueprint(school.school)  # settings, fields, skills
    app.register_blueprint(year.school_year)  # finals, state testing, days without school
    app.register_blueprint(rule_views.rules)  # what projects are checked by
    app.register_blueprint(worker.worker)  # what the board does by itself
    app.register_blueprint(search_words.search_words)  # what means the same when somebody searches
    app.register_blueprint(starter_settings.settings)  # what employers may begin with
    app.register_blueprint(employers.employers)
    app.register_blueprint(postings.postings)  # what students find
    app.register_blueprint(skills.skills)  # the vocabulary while typing
    app.register_blueprint(desk.desk)  # where employers write
    app.register_blueprint(review.review)  # where teachers approve
    app.register_blueprint(sharing.sharing)  # words and posters for families
    app.register_blueprint(applications.applications)  # the student's side
    app.register_blueprint(applicants.applicants)  # the employer's side
    app.register_blueprint(student_story.stories)  # one student on one page, for the school
    app.register_blueprint(lists.lists)  # all of one's placements, what waits first
    app.register_blueprint(placements.placements)  # from a match to the last day
    app.register_blueprint(experience.experience)  # what a student keeps of it
    app.register_blueprint(portfolio_views.portfolio)
    app.register_blueprint(public.public)  # what strangers read of it
    app.register_blueprint(handing_views.handing)  # the work
    app.register_blueprint(payment_views.payments)  # what is said of the pay
    app.register_blueprint(messages_views.messages)  # its people write to each other
    app.register_blueprint(badges.issuer)  # the school as issuer of signed credentials
    app.register_blueprint(plan_views.plan)  # milestones, days, the start
    app.register_blueprint(check_in_views.check_ins)  # is all well?
    app.register_blueprint(hours_views.hours)  # logged, confirmed
    app.register_blueprint(matches.match)  # a teacher's answer to a match, and what comes before the start
    app.register_blueprint(feedback_views.feedback)  # what both sides say at the end
    app.register_blueprint(closing_views.closing)  # a small project, on one page
    app.register_blueprint(ending_views.ending)  # signed off, held, ended early
    app.register_blueprint(suggestions.suggestions)  # employers that students would like to see here
    app.register_blueprint(audit.audit)  # who did what, and when
    app.register_blueprint(guardians.guardians)  # a parent's or guardian's link
    app.register_blueprint(families.families)  # what the school does about a student's home
    app.register_blueprint(reports.reports)  # something felt wrong
    app.register_blueprint(home_views.home_reports)  # to a parent or guardian, too
    app.register_blueprint(safety.safety)  # and who looks after it
    app.register_blueprint(privacy.privacy)  # what is held of people, and why
    app.register_blueprint(record_views.own_record)
    app.register_blueprint(record_views.records)
    app.register_blueprint(disclosure_views.disclosed)
    app.register_blueprint(home_record_views.home_records)
    app.register_blueprint(correction_views.corrections)  # what somebody says is wrong about them
    app.register_blueprint(erase_views.erasing)
    app.register_blueprint(settings_views.retention)  # how long what is kept
    app.register_blueprint(settings_views.breach)
    return app
