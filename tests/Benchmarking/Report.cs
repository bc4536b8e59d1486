using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Causality.Benchmarking;

/// <summary>Prints the figures: a table, or one JSON object a line.</summary>
internal sealed class Report(bool json)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private readonly Table _table = new Table().AddColumns("Work", "Ours", "Other", "Ratio", "Aim", "Met");

    /// <summary>A figure of ours beside another one of the same run.</summary>
    /// <param name="work">What was done.</param>
    /// <param name="ours">Our figure; the work says its unit.</param>
    /// <param name="other">The other's; null where there is none.</param>
    /// <param name="aim">What was aimed at, a bound that begins with a comparison; null for none.</param>
    /// <param name="met">Whether it was reached; null without an aim.</param>
    public void Add(string work, double ours, double? other = null, string? aim = null, bool? met = null)
    {
        var ratio = other is > 0 ? ours / other : null;
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { Work = work, Ours = Round(ours), Other = Round(other), Ratio = Round(ratio), Aim = aim, Met = met }, Options));
        else
            AddRow(work, Number(ours), Number(other), Number(ratio), aim ?? "", met switch { true => "yes", false => "no", null => "" });
    }

    public void End()
    {
        if (json)
            return;
        AnsiConsole.Profile.Width = 120;
        AnsiConsole.Write(_table);
    }

    // The table comes at the end; who waits for half an hour wants to see its rows before.
    private void AddRow(params string[] cells)
    {
        _table.AddRow(cells);
        Console.Error.WriteLine($"  {string.Join(" | ", cells)}");
    }

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 2) : null;

    private static string Number(double? value) => value?.ToString("N2", CultureInfo.InvariantCulture) ?? "";
}
