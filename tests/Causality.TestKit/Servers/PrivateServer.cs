using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Causality.TestKit.Processes;

namespace Causality.TestKit.Servers;

/// <summary>A PostgreSQL or RabbitMQ of the test's own, which it may kill, wipe and start again on the same port. Ends at dispose.</summary>
/// <remarks>The work is done by <c>infra/scripts/private-server.sh</c>, which starts servers as those of the whole test run are started.</remarks>
public sealed class PrivateServer : IAsyncDisposable
{
    private readonly string _name;
    private readonly string _folder;
    private readonly Dictionary<string, string> _settings;

    private PrivateServer(string name, string folder, Dictionary<string, string> settings) => (_name, _folder, _settings) = (name, folder, settings);

    /// <summary>A PostgreSQL.</summary>
    /// <exception cref="InvalidOperationException">It did not start; holds the reasons.</exception>
    public static Task<PrivateServer> StartPostgresAsync(CancellationToken cancellationToken = default) => StartAsync("postgres", cancellationToken);

    /// <summary>A RabbitMQ.</summary>
    /// <exception cref="InvalidOperationException">It did not start; holds the reasons.</exception>
    public static Task<PrivateServer> StartRabbitMqAsync(CancellationToken cancellationToken = default) => StartAsync("rabbitmq", cancellationToken);

    /// <summary>One of <see cref="TestServerVariables"/>, as it would be set for this server.</summary>
    public string Setting(string variable) => _settings[variable];

    /// <summary>Ends it by SIGKILL.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => RunAsync(["kill", _folder, _name], cancellationToken);

    /// <summary>Writes down who may connect and to what, to be made before the next start opens the port: as an operator's broker has its definitions, whatever happens to its disk. RabbitMQ only.</summary>
    public async Task KeepUsersAsync(CancellationToken cancellationToken = default)
    {
        var address = new Uri(_settings[TestServerVariables.RabbitMqManagement]);
        using var client = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)))) } };
        var all = await client.GetFromJsonAsync<JsonObject>(new UriBuilder(address) { UserName = "", Password = "", Path = "/api/definitions" }.Uri, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The broker has no definitions.");
        foreach (var name in all.Select(member => member.Key).Except(["users", "vhosts", "permissions"]).ToList())
            all.Remove(name);
        await File.WriteAllTextAsync(Path.Combine(_folder, _name, "definitions.json"), all.ToJsonString(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts it again on the same port and waits until it answers.</summary>
    /// <param name="wiped">True when its disk was lost; RabbitMQ only.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task StartAgainAsync(bool wiped = false, CancellationToken cancellationToken = default) =>
        RunAsync(wiped ? ["again", _folder, _name, "--wiped"] : ["again", _folder, _name], cancellationToken);

    /// <summary>Runs the server's own command line, such as <c>rabbitmqctl set_disk_free_limit 1GB</c>; RabbitMQ only.</summary>
    public Task ControlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default) => RunAsync(["control", _folder, _name, .. arguments], cancellationToken);

    /// <summary>Ends it and removes its folder.</summary>
    public async ValueTask DisposeAsync() => await RunAsync(["remove", _folder], CancellationToken.None).ConfigureAwait(false);

    private static async Task<PrivateServer> StartAsync(string name, CancellationToken cancellationToken)
    {
        var lines = (await RunAsync(["make", name], cancellationToken).ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var settings = lines.Skip(1).Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        return new PrivateServer(name, lines[0], settings);
    }

    private static async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var script = Path.Combine(BuiltPrograms.RepositoryRoot, "infra", "scripts", "private-server.sh");
        var run = await ProgramRun.ToEndAsync("bash", [script, .. arguments], new Dictionary<string, string>(), BuiltPrograms.RepositoryRoot, cancellationToken).ConfigureAwait(false);
        return run.ExitCode == 0 ? run.Output : throw new InvalidOperationException($"private-server.sh {string.Join(' ', arguments)} failed: {run.Error}");
    }
}
