using Causality.Scheduler.Dashboard.Conflicts;

namespace Causality.Dashboard.Tests.Reading;

public sealed class MemberTableTests
{
    [Fact]
    public void Members_stand_side_by_side_and_those_that_differ_are_marked()
    {
        var rows = MemberTable.Make("""{"id":"a","data":{"x":1,"y":[1,2]}}""", """{"id":"a","data":{"x":2,"y":[1,2],"z":null}}""");

        rows.Select(row => (row.Path, row.First, row.Second, row.IsDifferent)).ShouldBe(
        [
            ("id", "\"a\"", "\"a\"", false), ("data.x", "1", "2", true), ("data.y", "[1,2]", "[1,2]", false), ("data.z", null, "null", true),
        ]);
    }

    [Fact]
    public void A_thing_in_place_of_another_is_one_difference() =>
        MemberTable.Make("""{"data":{"a":1}}""", """{"data":[1]}""").ShouldHaveSingleItem().IsDifferent.ShouldBeTrue();

    [Fact]
    public void However_long_the_entries_the_table_is_bounded_and_keeps_what_differs()
    {
        var same = string.Join(',', Enumerable.Range(0, 5_000).Select(number => $"\"m{number}\":1"));

        var rows = MemberTable.Make($$"""{{{same}},"last":1}""", $$"""{{{same}},"last":2}""");

        rows.Count.ShouldBe(200);
        rows.ShouldContain(row => row.Path == "last" && row.IsDifferent);
    }
}
