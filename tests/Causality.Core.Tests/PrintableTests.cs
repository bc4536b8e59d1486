namespace Causality.Core.Tests;

public sealed class PrintableTests
{
    [Theory]
    [InlineData(null, "(none)")]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("12345678", "12345678")]
    [InlineData("123456789", "12345678…")]
    [InlineData("a\nb", "a\\u000ab")]
    [InlineData("a\u2028", "a\\u2028")]
    [InlineData("abc\n", "abc…")] // The escape does not fit.
    public void Text_is_cut_and_what_would_break_a_line_is_escaped(string? text, string shown) => Printable.Shorten(text, 8).ShouldBe(shown);

    /// <summary>Found by fuzzing: characters that become six each made a text six times as long as allowed.</summary>
    [Fact]
    public void However_hostile_it_is_never_longer_than_allowed()
    {
        foreach (var character in new[] { '\u2028', '\ud800', '\0', '\u202e', 'x' })
            Printable.Shorten(new string(character, 10_000), 128).Length.ShouldBeLessThanOrEqualTo(129);
    }
}
