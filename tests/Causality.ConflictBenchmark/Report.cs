using System.Globalization;
using System.Text.Json;

namespace Causality.ConflictBenchmark;

/// <summary>Prints the figures: a table, or one JSON object a line.</summary>
internal sealed class Report(bool json)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>A figure of ours beside another one of the same run.</summary>
    /// <param name="work">What was done, and the unit.</param>
    /// <param name="ours">Our figure.</param>
    /// <param name="other">The other's; null where there is none.</param>
    /// <param name="aim">What was aimed at; null for none.</param>
    /// <param name="met">Whether it was reached; null without an aim.</param>
    public void Add(string work, double ours, double? other = null, string? aim = null, bool? met = null)
    {
        var ratio = other is > 0 ? ours / other : null;
        Console.WriteLine(json
            ? JsonSerializer.Serialize(new { Work = work, Ours = Round(ours), Other = Round(other), Ratio = Round(ratio), Aim = aim, Met = met }, Options)
            : $"{work,-78} {Number(ours),14} {Number(other),14} {Number(ratio),8} {aim,-14} {met switch { true => "yes", false => "no", null => "" }}");
    }

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 2) : null;

    private static string Number(double? value) => value?.ToString("N2", CultureInfo.InvariantCulture) ?? "";
}
