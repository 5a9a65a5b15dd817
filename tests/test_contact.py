"""What gives a student away is caught; what only looks like it is not."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.contact import found

NAME = "Maya Rivera-López"

CAUGHT = """
Write to maya@example.org
maya.rivera+jobs@mail.example.co.uk is best
My address is 0412345@student.lincoln.k12.or.us
mrivera@lincolnhigh
maya (at) example (dot) org
maya [at] example [dot] com
maya @ gmail . com
maya at gmail dot com
mayar07 at gmail
maya.rivera at lincoln dot k12 dot or dot us
maya arroba gmail punto com
my email is maya_r07
my gmail: maya.rivera
Call 503-555-0142
Call (503) 555-0142
call me at 503.555.0142 after school
5035550142
503 555 0142
+1 503 555 0142
1-503-555-0142
+44 20 7946 0958
503/555/0142
503 – 555 – 0142
My number is 555-0142
text 555 0142
phone: 5550142
five oh three five five five oh one four two
five-zero-three, five-five-five, zero-one-four-two
double five 5 0 1 4 2 3
5 0 3 5 5 5 0 1 4 2
cinco cero tres cinco cinco cinco cero uno cuatro dos
five zero 3 five 5 five 0 one 4 2
@maya.draws
maya @gmail.com
maya <at> example dot org
follow @mayadraws for more
my insta is mayadraws
my Instagram: maya_draws
Instagram: mayadraws
snap: maya_r07
discord maya#1234
my discord is mayar
find me on TikTok
add me on snapchat mayadraws
dm me for more
my snapchat username is mayadraws, add it
https://example.org/me
www.mayadraws.example
mayadraws.com
see mayadraws.weebly.com please
linkedin.com/in/maya
linktr.ee is at bit.ly/maya
mayadraws dot com
My name is Maya
maya made this
I am MAYA RIVERA
Rivera is my family name
lopez here
It is López’s turn
May​a
ｍａｙａ@example.org
maya\u200b@example.org
""".strip().split("\n")

LET_PASS = """
I worked at home. Then I went on.
I looked at it. And I liked it.
We meet @ 4 pm on Tuesdays
I sold 12 shirts @ $15 each
I use C++, C# and .NET at school
I built it in Node.js and ASP.NET
I know Socket.io and Vue.js and Next.js 14.2.1
Python 3.11.4 and Java 8u202
From 2025-10-12 to 2026-01-15
On 10/12/2025 at 4:30 pm
On 12.10.2025 we began
10-12-2025 was the day
Between 1999-2005 and 2010-2024
$1,200 for 40 hours, or $1200.50
$5000000000 is a lot
We raised $250 and then $1,150
It took 100-200 hours
It reached 250-1000 people
Our budget was 1 500 000 dollars
1,234,567,890 views
1000000000 stars
v2.10.3.4567
192.168.10.20
pages 12-15 and 20-34
I scored 3.95 of 4.00 and 1480 on the SAT
1, 2, 3, 4, 5, 6, 7, 8, 9
one two three four five six seven eight
we counted ten nine eight seven six five four three two one
I have 3 brothers, 2 sisters and 1 dog
From 8 to 5, or 9 to 6
the dot com years
I learned C# and dot net
I learned on code.org
Our class used Scratch and khanacademy.org
I like e.g. posters, i.e. big ones.
My Instagram is full of drawings
Instagram is where I look for type
Discord is a great tool for clubs
Signal: 5 V on the pin
I manage Instagram and TikTok for the band
In CSS I use @media and @font-face
In Python I use @property
We met @ home and @ school
I made 300 posters in 2024 and 450 in 2025
ISBN of the book I set
My mail is often late
I took a snap of the sign
The email is sent at night
My phone number list app has tests
I am a riverboat fan
I was at Amazon. Org charts are fun.
He said: call us if 20 people come
24/7 and 50/50
room 204, building 3
my best time is 1:04.55
A grade of 95% in class, 88% before
16:9 and 1920x1080 pixels
1920 1080 1280 720
The scale was 1:250
Form W-9 and section 230-2040
Ratio 3/4 and 5/8 inches
""".strip().split("\n")


@pytest.mark.parametrize("text", CAUGHT)
def test_what_gives_a_student_away_is_caught(text):
    assert found(text, NAME), text


@pytest.mark.parametrize("text", LET_PASS)
def test_what_only_looks_like_it_passes(text):
    assert found(text, NAME) == []


def test_an_everyday_word_that_is_a_name_counts_only_as_a_name():
    assert found("I will do it, and I may come. Will it fit?", "Will May") == []
    assert found("They call me Will at home", "Will May") == [("your name", "Will")]


def test_each_find_is_told_once_with_the_text_to_take_out():
    text = "I am Maya. Maya draws. Write to maya@example.org or call 503-555-0142."
    assert found(text, "Maya Rivera") == [
        ("a mail address", "maya@example.org"), ("a phone number", "503-555-0142"), ("your name", "Maya"),
    ]  # fmt: skip


WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@given(st.from_regex(r"[2-9]\d{2}[2-9]\d{5}[1-9]", fullmatch=True), st.sampled_from([*"- . · / –".split(), " ", ""]))
def test_a_phone_number_is_caught_however_it_is_parted(digits, gap):
    text = f"Please ring {digits[:3]}{gap}{digits[3:6]}{gap}{digits[6:]}, thanks"
    assert any(kind == "a phone number" for kind, _ in found(text)), text


@given(st.lists(st.integers(0, 9), min_size=7, max_size=10), st.sampled_from([" ", "-", ", "]))
def test_a_number_in_words_is_caught_unless_it_counts(digits, gap):
    steps = {b - a for a, b in pairwise(digits)}
    text = f"Ring {gap.join(WORDS[digit] for digit in digits)} please"
    assert bool(found(text)) == (steps not in ({1}, {-1})), text


@settings(max_examples=300)
@given(st.text(max_size=400), st.text(max_size=30))
def test_any_text_and_any_name_can_be_read(text, name):
    for kind, words in found(text, name):
        assert kind and words


@given(st.from_regex(re.compile(r"[a-z]{2,10}[0-9]{0,3}@[a-z]{2,12}\.(com|org|edu)", re.A), fullmatch=True))
def test_a_mail_address_is_caught_in_the_middle_of_words(address):
    assert ("a mail address", address) in found(f"write to {address} or not")


@pytest.mark.parametrize("bit", ["a", "1", "one ", "a.", "@", "my snap ", "a at ", "dot ", "1 ", "+1-", "a-", "x dot "])
def test_a_long_text_takes_no_long_time(bit):
    import time

    began = time.process_time()
    found(bit * (4000 // len(bit)), NAME)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "username, caught", [("riv3ra", True), ("104233", True), ("mrivera", True), ("student7", False), ("may", False)]
)
def test_the_username_gives_a_student_away_as_well(username, caught):
    hits = [words for _kind, words in found(f"As {username} I keep the list.", "Maya Rivera", username)]
    assert (username in hits) == caught
