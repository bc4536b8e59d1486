using System.Globalization;
using System.Text.Json;

namespace Causality.EdgeBenchmark;

/// <summary>The attacker's process: reads its key, attacks until its input ends, and says what came of it.</summary>
internal static class AttackProgram
{
    public const string Argument = "attack";
    public const string Begun = "begun";
    public const string Flood = "flood";
    public const string Slow = "slow";

    public static async Task RunAsync(string kind, string port, string count)
    {
        var (door, number) = (int.Parse(port, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture));
        using var keys = Keys.Import(await Console.In.ReadLineAsync() ?? throw new InvalidOperationException("A key is needed."));
        AttackFigures figures;
        if (kind == Flood)
        {
            await using var flood = new Flood(keys, door, number).Begin();
            await UntilToldAsync();
            figures = new AttackFigures(flood.Rate, flood.Refused);
        }
        else
        {
            await using var slow = await new SlowConnections(door, number).BeginAsync();
            await UntilToldAsync();
            figures = new AttackFigures(slow.Rate, 0);
        }

        Console.WriteLine(JsonSerializer.Serialize(figures));
    }

    private static async Task UntilToldAsync()
    {
        Console.WriteLine(Begun);
        await Console.In.ReadToEndAsync();
    }
}
