namespace Causality.EndToEnd.Tests.Operators;

/// <summary>Two operators that know each other, started once for all tests. Nothing syncs unless a test asks.</summary>
public class TwoOperators : IAsyncLifetime
{
    private DirectoryInfo? _folder;

    /// <summary><c>operator-a</c>.</summary>
    public OperatorProcesses A { get; private set; } = null!;

    /// <summary><c>operator-b</c>.</summary>
    public OperatorProcesses B { get; private set; } = null!;

    public string PinOfA { get; private set; } = "";

    public string PinOfB { get; private set; } = "";

    /// <summary>Where their folders are.</summary>
    protected string Folder => _folder!.FullName;

    /// <summary>Where they work; null for the servers that the environment names.</summary>
    protected virtual OperatorServers? Servers => null;

    public virtual async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        _folder = Directory.CreateTempSubdirectory("causality-end-to-end-");
        try
        {
            await Task.WhenAll(
                StartAsync("operator-a", "a", one => A = one, cancellationToken),
                StartAsync("operator-b", "b", one => B = one, cancellationToken));
            Started();
            await Task.WhenAll(A.AwaitReadyAsync(cancellationToken), B.AwaitReadyAsync(cancellationToken));
            PinOfA = (await A.Log.ReadIdentityAsync(cancellationToken)).Pin;
            PinOfB = (await B.Log.ReadIdentityAsync(cancellationToken)).Pin;
            await A.Control.AddPeerAsync(B.Id, B.PeerPort, PinOfB, cancellationToken);
            await B.Control.AddPeerAsync(A.Id, A.PeerPort, PinOfA, cancellationToken);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var one in new[] { A, B })
        {
            if (one is not null)
                await one.DisposeAsync();
        }

        // Once more after a start that failed: that failure is what has to be seen.
        (A, B) = (null!, null!);
        if (_folder is { Exists: true })
            _folder.Delete(recursive: true);
        _folder = null;
    }

    private async Task StartAsync(string id, string folder, Action<OperatorProcesses> keep, CancellationToken cancellationToken) =>
        keep(await OperatorProcesses.StartAsync(id, Path.Combine(Folder, folder), cancellationToken, Servers, SettingsOf(id)));

    /// <summary>Variables of an operator's services beside the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string>? SettingsOf(string id) => null;

    /// <summary>Called when the processes are there, before anybody asks them anything.</summary>
    protected virtual void Started()
    {
    }
}
