using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Causality.Core.Reconciliation;
using Causality.TestKit.Processes;

namespace Causality.Protocol.Tests.Hosting;

/// <summary>Negentropy of npm nostr-tools, in a Node process that is asked line by line; see <c>clients/negentropy.js</c>.</summary>
internal sealed class NostrTools : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _node;

    private NostrTools(Process node) => _node = node;

    /// <summary>Why <see cref="StartAsync"/> gave none.</summary>
    public static string WhyMissing { get; private set; } = "";

    /// <summary>Installs the package and starts it, or gives null where Node is missing or the package cannot be had.</summary>
    public static async Task<NostrTools?> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "clients");
        try
        {
            var npm = await ProgramRun.ToEndAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], new Dictionary<string, string>(), folder, cancellationToken);
            if (npm.ExitCode == 0)
            {
                return new NostrTools(Process.Start(new ProcessStartInfo("node", ["negentropy.js"])
                {
                    WorkingDirectory = folder,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                })!);
            }

            WhyMissing = $"npm ci failed: {npm.Error}";
        }
        catch (Exception exception) when (exception is Win32Exception or TimeoutException)
        {
            WhyMissing = $"Node.js or npm cannot be run: {exception.Message}";
        }

        return null;
    }

    public async Task OpenAsync(string name, IEnumerable<ReconciliationItem> items, int frame) =>
        await AskAsync(new { open = name, items = items.Select(item => new object[] { item.Timestamp, item.Id.ToString() }), frame });

    public async Task<byte[]> InitiateAsync(string name) => Message(await AskAsync(new { initiate = name }))!;

    /// <summary>Its next message, null for none, and what it has learnt from this one.</summary>
    public async Task<(byte[]? Message, string[] Have, string[] Need)> ReconcileAsync(string name, byte[] message)
    {
        var answer = await AskAsync(new { reconcile = name, message = Convert.ToHexStringLower(message) });
        return (Message(answer), answer.GetProperty("have").Deserialize<string[]>()!, answer.GetProperty("need").Deserialize<string[]>()!);
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        if (!_node.WaitForExit(Patience))
            _node.Kill();
        _node.Dispose();
    }

    private static byte[]? Message(JsonElement answer) => answer.GetProperty("message").GetString() is { } hex ? Convert.FromHexString(hex) : null;

    private async Task<JsonElement> AskAsync(object command)
    {
        await _node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(command));
        await _node.StandardInput.FlushAsync();
        var line = await _node.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        return JsonSerializer.Deserialize<JsonElement>(line ?? throw new InvalidOperationException("node has ended; its standard error says why."));
    }
}
