"""What a student may be asked to do, in plain words, and from what age the law lets them. Pure.

Under 16 the list of the law is positive: what 29 CFR 570.34 does not name is not allowed. Under 18 the hazardous
occupations orders (29 CFR 570 Subpart E) forbid the rest; some of them let a student learner of 16 or 17 do it.
"""

from dataclasses import dataclass

from board.words import N_, Labelled

LEARNER_ORDERS = (5, 8, 10, 12, 14, 16, 17)  # 29 CFR 570.50(c): student learners of 16 and 17

ORDERS = {
    1: N_("Making or storing explosives"),
    2: N_("Driving a motor vehicle, or helping on its outside"),
    3: N_("Coal mining"),
    4: N_("Fighting forest fires, logging, sawmills, and forestry services"),
    5: N_("Power-driven woodworking machines"),
    6: N_("Radioactive substances and ionizing radiation"),
    7: N_("Forklifts, cranes, hoists, and lifts"),
    8: N_("Power-driven metal-forming, punching, and shearing machines"),
    9: N_("Mining other than coal, quarries"),
    10: N_("Power-driven meat machines, slaughtering, meat packing"),
    11: N_("Power-driven bakery machines"),
    12: N_("Balers, compactors, and power-driven paper machines"),
    13: N_("Making brick, tile, and the like"),
    14: N_("Power-driven saws, guillotine shears, wood chippers, abrasive cutting discs"),
    15: N_("Wrecking and demolition"),
    16: N_("Roofing and all work on or about a roof"),
    17: N_("Trenching and excavation"),
}


class Group(Labelled):
    OFFICE = "office", N_("At a desk or a screen")
    CREATIVE = "creative", N_("Making and teaching")
    PEOPLE = "people", N_("With people, in shops and kitchens")
    HANDS = "hands", N_("With hands, indoors and out")
    MACHINES = "machines", N_("With machines, vehicles, heights, or hazards")


@dataclass(frozen=True)
class Task:
    """One kind of work. `lowest`: the youngest age that may do it at all; `orders`: hazardous orders it falls under."""

    slug: str
    words: str
    group: Group
    lowest: int = 14
    orders: tuple[int, ...] = ()

    @property
    def for_learners(self) -> bool:
        """16- and 17-year-olds may, as student learners under a written agreement."""
        return bool(self.orders) and all(order in LEARNER_ORDERS for order in self.orders)


def tasks(group: Group, *rows: tuple) -> list[Task]:
    return [Task(row[0], row[1], group, *row[2:]) for row in rows]


ALL = [
    *tasks(
        Group.OFFICE,
        ("office", N_("Office work: typing, filing, sorting, scheduling")),
        ("programming", N_("Programming, websites, testing software")),
        ("data", N_("Working with data, tables, and charts")),
        ("research", N_("Looking things up, surveys on paper or online, interviews with staff")),
        ("writing", N_("Writing, editing, translating")),
        ("bookkeeping", N_("Bookkeeping, invoices, inventory lists")),
        ("posts", N_("Posts, newsletters, advertising, market research")),
        ("phone", N_("Answering phones and messages of the business")),
    ),
    *tasks(
        Group.CREATIVE,
        ("drawing", N_("Drawing, graphic design, layout")),
        ("photo", N_("Taking and editing photos")),
        ("video", N_("Filming and editing video or sound")),
        ("music", N_("Performing, music, acting, announcing")),
        ("tutoring", N_("Tutoring, teaching, reading to others")),
        ("cad", N_("Drawing plans and models on a computer")),
        ("small-making", N_("Making small things by hand, without power tools")),
        ("electronics", N_("Building or programming small electronics at low voltage")),
        ("printing-3d", N_("Using a 3D printer or a vinyl cutter"), 16),
    ),
    *tasks(
        Group.PEOPLE,
        ("selling", N_("Selling at a counter, cashier work, wrapping")),
        ("shelving", N_("Pricing, shelving, packing orders by hand")),
        ("hosting", N_("Greeting guests, ushering, handing out programs at an event")),
        ("serving", N_("Serving food, setting and clearing tables")),
        ("kitchen-cold", N_("Preparing cold food and drinks without slicers or grinders")),
        ("dishes", N_("Cleaning kitchen and dishes when surfaces are cold")),
        ("child-play", N_("Playing or crafting with children while their own adults are there")),
        ("visiting", N_("Reading to or playing games with elderly people in a home for them"), 16),
        ("cooking", N_("Cooking with a stove, grill, or deep fryer"), 16),
        ("baking", N_("Baking: mixing, shaping, ovens, without power-driven machines"), 16),
        ("door-to-door", N_("Selling or asking from door to door, holding signs at the roadside"), 16),
        ("alcohol", N_("Selling, serving, or advertising alcohol, tobacco, vapes, cannabis, or gambling"), 18),
        ("patient-care", N_("Lifting or washing patients, or handling medicine"), 18),
    ),
    *tasks(
        Group.HANDS,
        ("cleaning", N_("Cleaning rooms with a broom, a cloth, or a vacuum cleaner")),
        ("garden-hand", N_("Gardening and yard work with hand tools")),
        ("errands", N_("Errands and deliveries on foot, by bicycle, or by bus")),
        ("sorting", N_("Sorting donations, books, or mail by hand")),
        ("car-wash", N_("Washing and polishing cars by hand")),
        ("animals", N_("Feeding, grooming, or walking small animals")),
        ("decorating", N_("Setting up and decorating rooms, standing on the floor")),
        ("painting-low", N_("Painting walls or fences with a brush, standing on the floor"), 16),
        ("warehouse", N_("Work in a warehouse or stock room with goods for sale elsewhere"), 16),
        ("loading", N_("Loading or unloading trucks by hand"), 16),
        ("repair", N_("Repairing or servicing equipment, bicycles, or computers with hand tools"), 16),
        ("large-animals", N_("Work with horses, cattle, or other large animals"), 16),
        ("ladder", N_("Standing on a ladder or scaffold"), 16),
        ("construction-hand", N_("Hand work on a building site that is not wrecking, roofing, or digging"), 16),
        ("factory", N_("Work in a room where goods are made or processed"), 16),
        ("cold-room", N_("Work in a freezer or a meat cooler"), 16),
        ("lifeguard", N_("Lifeguard at a pool, with certificate"), 15),
    ),
    *tasks(
        Group.MACHINES,
        ("power-garden", N_("Power mowers, trimmers, hedge cutters, leaf blowers"), 16),
        ("small-power-tools", N_("Small power tools such as a drill or a screwdriver"), 16),
        ("welding", N_("Welding, soldering with a torch"), 16),
        ("chemicals", N_("Strong cleaning agents, pesticides, solvents, paints that need a mask"), 18),
        ("driving", N_("Driving a car or truck, or riding outside of one, for the work"), 17, (2,)),
        ("woodworking", N_("Saws, sanders, planers, nail guns, and other machines for wood"), 18, (5,)),
        ("forklift", N_("Forklift, crane, hoist, scissor lift: also riding on one"), 18, (7,)),
        ("metal-machines", N_("Presses, shears, and bending machines for metal"), 18, (8,)),
        ("meat-machines", N_("Meat slicer, grinder, or saw: also cleaning it"), 18, (10,)),
        ("bakery-machines", N_("Dough mixer, sheeter, or other bakery machine: also cleaning it"), 18, (11,)),
        ("baler", N_("Baler, compactor, or power-driven paper machine"), 18, (12,)),
        ("power-saws", N_("Chain saw, circular or band saw, wood chipper, angle grinder, paper guillotine"), 18, (14,)),
        ("forestry", N_("Felling trees, clearing trails with saws, forest fires"), 18, (4,)),
        ("x-ray", N_("X-ray rooms, radioactive materials"), 18, (6,)),
        ("explosives", N_("Fireworks, ammunition, explosives"), 18, (1,)),
        ("mining", N_("Mines, quarries, oil or gas fields"), 18, (3, 9)),
        ("brick", N_("Making brick, tile, or clay pipe"), 18, (13,)),
        ("demolition", N_("Tearing down walls or buildings, and cleaning up there"), 18, (15,)),
        ("roof", N_("On or about a roof: gutters, solar panels, antennas"), 18, (16,)),
        ("digging", N_("Trenches, pits, tunnels"), 18, (17,)),
    ),
]  # fmt: skip
BY_SLUG = {task.slug: task for task in ALL}
