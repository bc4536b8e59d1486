using static Causality.Core.Tests.Support.Samples;

namespace Causality.Core.Tests.Entries;

/// <summary>Input is copied as it is when nothing seems to need rewriting, so each departure must be noticed on its own, without others to give it away.</summary>
public class When_only_one_thing_is_not_canonical
{
    private static readonly string[] Members =
        ["\"id\":\"i\"", "\"timestamp\":5", "\"entry_type\":\"fact\"", "\"data\":{\"a\":[1,[],{}],\"b\":{\"c\":\"\\n\"}}", "\"trace_id\":\"t\"", "\"parent_id\":\"p\"", "\"metadata\":{\"k\":\"v\",\"l\":\"w\"}"];

    private static readonly string Canonical = "{" + string.Join(',', Members) + "}";

    [Fact]
    public void Canonical_input_stays_as_it_is() => TextOf(Parse(Canonical)).ShouldBe(Canonical);

    [Theory]
    [InlineData(' ')]
    [InlineData('\t')]
    [InlineData('\r')]
    [InlineData('\n')]
    public void One_white_space_anywhere_between_tokens_is_noticed(char space)
    {
        var isInString = false;
        for (var index = 0; index <= Canonical.Length; index++)
        {
            var isInToken = index > 0 && index < Canonical.Length && char.IsAsciiDigit(Canonical[index - 1]) && char.IsAsciiDigit(Canonical[index]);
            if (!isInString && !isInToken)
                TextOf(Parse(Canonical.Insert(index, space.ToString()))).ShouldBe(Canonical, $"white space at {index}");
            if (index < Canonical.Length && Canonical[index] == '"')
                isInString = !isInString;
        }
    }

    [Fact]
    public void One_pair_of_members_in_another_order_is_noticed()
    {
        for (var index = 1; index < Members.Length; index++)
        {
            var swapped = Members.ToArray();
            (swapped[index - 1], swapped[index]) = (swapped[index], swapped[index - 1]);
            TextOf(Parse("{" + string.Join(',', swapped) + "}")).ShouldBe(Canonical);
        }
    }

    [Theory]
    [InlineData("\"k\":\"v\",\"l\":\"w\"", "\"l\":\"w\",\"k\":\"v\"")]
    [InlineData("\"a\":[1,[],{}],\"b\":{\"c\":\"\\n\"}", "\"b\":{\"c\":\"\\n\"},\"a\":[1,[],{}]")]
    [InlineData("\"c\"", "\"\\u0063\"")]
    [InlineData("\"k\"", "\"\\u006b\"")]
    [InlineData("\"v\"", "\"\\u0076\"")]
    [InlineData("\"i\"", "\"\\u0069\"")]
    [InlineData("\"t\"", "\"\\u0074\"")]
    [InlineData("\"fact\"", "\"f\\u0061ct\"")]
    [InlineData("\"parent_id\"", "\"parent\\u005fid\"")]
    [InlineData("\\n", "\\u000a")]
    [InlineData(":5", ":\"1970-01-01T00:00:00.005Z\"")]
    public void One_other_spelling_is_noticed(string canonical, string other)
    {
        Canonical.ShouldContain(canonical);
        TextOf(Parse(Canonical.Replace(canonical, other, StringComparison.Ordinal))).ShouldBe(Canonical);
    }

    [Theory]
    [InlineData(",\"trace_id\":null")]
    [InlineData(",\"parent_id\":null")]
    [InlineData(",\"metadata\":null")]
    [InlineData(",\"metadata\":{}")]
    public void One_absent_member_is_noticed(string absent)
    {
        const string canonical = """{"id":"i","timestamp":5,"entry_type":"fact","data":1}""";
        TextOf(Parse(canonical[..^1] + absent + "}")).ShouldBe(canonical);
    }
}
