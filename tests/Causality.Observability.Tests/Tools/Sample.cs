using System.Globalization;
using System.Text.RegularExpressions;

namespace Causality.Observability.Tests.Tools;

/// <summary>A line of a metrics page.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Labels">As they stand, without braces; empty for none.</param>
/// <param name="Value">The value.</param>
internal sealed partial record Sample(string Name, string Labels, double Value)
{
    /// <summary>Name and labels, as an expression selects them.</summary>
    public string Series => Labels.Length == 0 ? Name : $"{Name}{{{Labels}}}";

    /// <summary>The value of a label, or null.</summary>
    public string? this[string label] => LabelPattern().Matches(Labels).FirstOrDefault(match => match.Groups[1].Value == label)?.Groups[2].Value;

    /// <summary>Reads a page.</summary>
    public static IReadOnlyList<Sample> ReadPage(string page) => [.. page.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(Read)];

    private static Sample Read(string line)
    {
        var match = LinePattern().Match(line);
        match.Success.ShouldBeTrue($"no sample: {line}");
        return new Sample(match.Groups[1].Value, match.Groups[2].Value, Number(match.Groups[3].Value));
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? ([^ ]+)(?: [0-9]+)?$")]
    private static partial Regex LinePattern();

    [GeneratedRegex("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex LabelPattern();
}
