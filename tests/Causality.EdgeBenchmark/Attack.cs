using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Causality.EdgeBenchmark;

/// <summary>An attacker, in a process of its own that yields to all others: attackers have machines of their own, and only what they do to the gateway is to be measured.</summary>
internal sealed class Attack : IAsyncDisposable
{
    private readonly Process _process;

    private Attack(Process process) => _process = process;

    /// <summary>What it has done; null while it goes on.</summary>
    public AttackFigures? Figures { get; private set; }

    /// <summary>Begins an attack and waits until it is in full force.</summary>
    /// <param name="kind">One of <see cref="AttackProgram"/>'s.</param>
    /// <param name="port">The door.</param>
    /// <param name="count">Requests a second, or connections.</param>
    /// <param name="peer">Who attacks; strangers need no key.</param>
    public static async Task<Attack> BeginAsync(string kind, int port, int count, Keys peer)
    {
        var program = Path.ChangeExtension(typeof(Attack).Assembly.Location, null);
        var process = Process.Start(new ProcessStartInfo("nice", ["-n", "19", program, AttackProgram.Argument, kind, port.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("The attacker does not start.");
        await process.StandardInput.WriteLineAsync(peer.Export());
        if (await process.StandardOutput.ReadLineAsync() != AttackProgram.Begun)
            throw new InvalidOperationException("The attacker ended before it began.");
        return new Attack(process);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        Figures = JsonSerializer.Deserialize<AttackFigures>(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The attacker ended without a word."));
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
