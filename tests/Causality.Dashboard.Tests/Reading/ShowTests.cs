using System.Globalization;
using Causality.Scheduler.Dashboard.Rendering;
using FsCheck;
using FsCheck.Fluent;

namespace Causality.Dashboard.Tests.Reading;

public sealed class ShowTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\u0000b\u001b[31m", "a\\u{0}b\\u{1b}[31m")]
    [InlineData("\u202eexe.gpj", "\\u{202e}exe.gpj")]
    [InlineData("zero\u200bwidth", "zero\\u{200b}width")]
    [InlineData("😀 漢字", "😀 漢字")]
    [InlineData(null, "—")]
    public void What_cannot_be_seen_is_made_visible(string? text, string shown) => Show.Text(text).ShouldBe(shown);

    // No case of the theory: half a pair does not survive the way into one.
    [Fact]
    public void Half_a_pair_is_made_visible() => Show.Text("half \ud83d").ShouldBe("half \\u{fffd}");

    [Fact]
    public void Text_is_cut_by_characters_and_never_within_one() => Show.Text(string.Concat(Enumerable.Repeat("😀", 300)), 10).ShouldBe(string.Concat(Enumerable.Repeat("😀", 10)) + "…");

    [Fact]
    public void Nothing_that_is_shown_controls_anything() => Prop.ForAll<string>(text =>
        Show.Text(text, 50).EnumerateRunes().All(rune => System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_500, "1.5 kB")]
    [InlineData(4_188_573, "4.2 MB")]
    [InlineData(250_000_000_000, "250 GB")]
    public void Bytes_come_in_the_unit_that_fits(double bytes, string shown) => Show.Bytes(bytes).ShouldBe(shown);

    [Theory]
    [InlineData(0.036, "36 ms")]
    [InlineData(5.62, "5.6 s")]
    [InlineData(59.9, "59 s")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(90_061, "1 d 1 h")]
    public void Durations_come_in_the_units_that_fit(double seconds, string shown) => Show.Duration(TimeSpan.FromSeconds(seconds)).ShouldBe(shown);
}
