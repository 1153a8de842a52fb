"""The kinds of pages: their list is the site. The search shows what it finds in this order, too."""

from typing import Any

from partnership.site.kinds.cross import CrossTables
from partnership.site.kinds.edition import Editions
from partnership.site.kinds.event import Events
from partnership.site.kinds.field import Fields
from partnership.site.kinds.home import HomePage
from partnership.site.kinds.kind import Kind
from partnership.site.kinds.measure_type import MeasureTypes
from partnership.site.kinds.member import Members
from partnership.site.kinds.news import NewsItems
from partnership.site.kinds.peers import PeerPages
from partnership.site.kinds.prose import Prose
from partnership.site.kinds.sector import Sectors
from partnership.site.kinds.table import Tables
from partnership.site.kinds.year_sum import YearSumPages

HOME = HomePage()
KINDS: tuple[Kind[Any, Any], ...] = (
    HOME,
    Prose(),
    Members(),
    MeasureTypes(),
    Fields(),
    Sectors(),
    PeerPages(),
    Events(),
    Tables(),
    CrossTables(),
    YearSumPages(),
    Editions(),
    NewsItems(),
)
