"""A company's page."""

from collections.abc import Iterable

from partnership.language import german
from partnership.model import addresses
from partnership.model.markers import plain
from partnership.model.member import Member
from partnership.site.build import Build
from partnership.site.kinds.kind import Found, Kind
from partnership.site.views import linked_data
from partnership.site.views.common import sorted_members
from partnership.site.views.members import MemberPage, member_page
from partnership.site.views.shell import PageFrame


class Members(Kind[Member, MemberPage]):
    """A page for each member, former ones too."""

    name = "member"

    def subjects(self, build: Build) -> Iterable[Member]:
        """Every member."""
        return sorted_members(build.partnership.members)

    def address(self, subject: Member) -> str:
        """By the name of its file."""
        return addresses.member(subject.slug)

    def view(self, build: Build, subject: Member) -> MemberPage:
        """What is known of it."""
        return member_page(build.index, subject)

    def frame(self, build: Build, subject: Member, view: MemberPage) -> PageFrame:
        """Below the directory."""
        about = f"{subject.name} in der {build.partnership.city.name}: Branche {view.card.sector}"
        return PageFrame(
            address=self.address(subject),
            title=subject.name,
            description=about + (f", {view.card.measures}." if view.card.measures else "."),
            crumbs=(addresses.MEMBERS,),
            source=subject.path,
            updated=view.updated,
            about=linked_data.member(build.partnership, subject, build.day),
            data=addresses.member_file(subject.slug),
        )

    def found(self, build: Build, subject: Member) -> Iterable[Found]:
        """By its name and by what it does; who has left is not found any more."""
        if not subject.is_member(build.day):
            return
        partnership = build.partnership
        types = {measure.type: None for measure in subject.public_measures}
        names = german.listing(partnership.types[key].name for key in types)
        titles = " ".join(filter(None, (m.title for m in subject.public_measures)))
        sector = partnership.sectors[subject.sector].name
        shown = f"{sector}. {names}" if names else sector
        yield Found(subject.name, "Mitglied", shown, f"{titles} {plain(subject.body)}")

    def picture(self, build: Build, subject: Member) -> tuple[str, str]:
        """Its name and its sector."""
        return subject.name, build.partnership.sectors[subject.sector].name
