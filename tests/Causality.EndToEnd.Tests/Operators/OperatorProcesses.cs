using Causality.TestKit.Processes;
using Causality.TestKit.Servers;

namespace Causality.EndToEnd.Tests.Operators;

/// <summary>One operator as it is run: five processes, a database, a virtual host and a folder of its own; each service with its own role and user, which may do no more than it needs.</summary>
public sealed class OperatorProcesses : IAsyncDisposable
{
    /// <summary>The five services.</summary>
    public static readonly IReadOnlyList<string> Services = ["scheduler", "differ", "transfer", "conflict-resolver", "gateway"];

    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(5);
    private readonly Dictionary<string, RunningProgram> _running = [];
    private readonly Dictionary<string, Uri> _urls;
    private readonly PostgresServer _database;
    private readonly DatabaseRoles _roles;
    private readonly BrokerUsers _users;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private OperatorProcesses(string id, string folder, PostgresServer database, DatabaseRoles roles, RabbitMqServer broker, BrokerUsers users, IReadOnlyDictionary<string, string>? settings)
    {
        (Id, Folder, _database, _roles, Broker, _users, _settings) = (id, folder, database, roles, broker, users, settings ?? new Dictionary<string, string>());
        var ports = FreePorts.Take(Services.Count + 1);
        _urls = Services.Zip(ports).ToDictionary(pair => pair.First, pair => new Uri($"http://127.0.0.1:{pair.Second}"));
        PeerPort = ports[^1];
        Control = new ControlApi(_http, _urls["scheduler"]);
        Log = new LogApi(_http, _urls["gateway"]);
    }

    public string Id { get; }

    public string Folder { get; }

    public RabbitMqServer Broker { get; }

    /// <summary>How programs outside reach its broker: as the user that may ask for syncs and hear public events, and no more.</summary>
    public Uri PublisherUri => _users.AmqpUriOf("publisher");

    /// <summary>Its database, as the owner.</summary>
    public string ConnectionString => _database.ConnectionString;

    public int PeerPort { get; }

    /// <summary>The scheduler's API.</summary>
    public ControlApi Control { get; }

    /// <summary>The gateway's API for applications.</summary>
    public LogApi Log { get; }

    public string DataFolder => Path.Combine(Folder, "data");

    /// <summary>Makes the rooms and starts the five services; does not wait for them.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="folder">Where it keeps everything.</param>
    /// <param name="cancellationToken">Ends the waiting with the test.</param>
    /// <param name="servers">Null for those that the environment names.</param>
    /// <param name="settings">Variables of every service beside the usual ones.</param>
    public static async Task<OperatorProcesses> StartAsync(string id, string folder, CancellationToken cancellationToken, OperatorServers? servers = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        var database = await (servers is null ? PostgresServer.CreateAsync(cancellationToken) : PostgresServer.CreateAsync(servers.Postgres, cancellationToken));
        try
        {
            var broker = await (servers is null ? RabbitMqServer.CreateAsync(cancellationToken) : RabbitMqServer.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, cancellationToken));
            var one = new OperatorProcesses(id, folder, database, await DatabaseRoles.CreateAsync(database, cancellationToken), broker, await BrokerUsers.CreateAsync(broker, cancellationToken), settings);
            await one.MigrateAsync(cancellationToken);
            foreach (var service in Services)
                one.Start(service);
            return one;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The passwords of its database roles and broker users, by what they open.</summary>
    public IEnumerable<(string Name, string Password)> Passwords =>
        _roles.Passwords.Select(role => ($"{Id}'s database role {role.Key}", role.Value)).Concat(_users.Passwords.Select(user => ($"{Id}'s broker user {user.Key}", user.Value)));

    /// <summary>Acts by this token from now on.</summary>
    public void ActBy(string token) => _http.DefaultRequestHeaders.Authorization = new("Bearer", token);

    public Uri UrlOf(string service) => _urls[service];

    public RunningProgram ProcessOf(string service) => _running[service];

    /// <summary>Starts a service that does not run.</summary>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="variables">Variables of its environment beside the usual ones.</param>
    public void Start(string service, params (string Name, string Value)[] variables)
    {
        var settings = SettingsOf(service);
        foreach (var (name, value) in variables)
            settings[name] = value;
        _running[service] = RunningProgram.Start($"{Id}/{service}", BuiltPrograms.Service(KindOf(service)), [], settings, Path.Combine(Folder, service.Replace('/', '-') + ".log"));
    }

    /// <summary>Starts one more process of a service, on ports of its own; named <c>service/2</c> from then on.</summary>
    public string StartReplica(string service)
    {
        var replica = service + "/2";
        _urls[replica] = new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}");
        Start(replica);
        return replica;
    }

    /// <summary>Asks one process to stop and waits.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync(string service, CancellationToken cancellationToken)
    {
        var code = await _running[service].StopAsync(cancellationToken);
        await _running[service].DisposeAsync();
        _running.Remove(service);
        return code;
    }

    /// <summary>Waits until the named services, or all, say that they are ready.</summary>
    /// <exception cref="InvalidOperationException">One has ended; holds what it printed last.</exception>
    public Task AwaitReadyAsync(CancellationToken cancellationToken, params string[] services) =>
        Task.WhenAll((services.Length == 0 ? Services : services).Select(service => Eventually.BecomesAsync(
            token => ReadinessAsync(service, token), status => status == 200, $"{Id}/{service} to be ready\n{_running[service].Tail}\n", StartPatience, cancellationToken)));

    /// <summary>The status of a GET, or 0 when nobody answers.</summary>
    public async Task<int> StatusOfAsync(string service, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(_urls[service], path), cancellationToken);
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            // The last one escapes HttpClient where the peer dies between accepting and being asked for its address.
            return 0;
        }
    }

    /// <summary>Ends a service as a crash would, and lets go of it.</summary>
    public async Task KillAsync(string service, CancellationToken cancellationToken)
    {
        await _running[service].KillAsync(cancellationToken);
        await _running[service].DisposeAsync();
    }

    /// <summary>Asks every service to stop, all at once, and waits.</summary>
    /// <returns>Each service's exit code.</returns>
    public async Task<IReadOnlyDictionary<string, int>> StopAsync(CancellationToken cancellationToken = default)
    {
        var codes = await Task.WhenAll(_running.Select(async one => (one.Key, Code: await one.Value.StopAsync(cancellationToken))));
        return codes.ToDictionary(code => code.Key, code => code.Code);
    }

    /// <summary>What every service printed last.</summary>
    public string Tails() => string.Join("\n\n", _running.Values.Select(one => one.Tail));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Values.Select(one => one.DisposeAsync().AsTask()));
        _http.Dispose();
        await _users.DisposeAsync();
        await _roles.DisposeAsync();
    }

    /// <summary>As the job of a deployment does it: the only one that may change the schema.</summary>
    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = _roles.ConnectionStringOf("migrator"),
            ["Storage__DataFolder"] = DataFolder,
            ["Storage__RolePrefix"] = _roles.Prefix,
        };
        var run = await ProgramRun.ToEndAsync("dotnet", [BuiltPrograms.Causality, "migrate"], settings, Folder, cancellationToken);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"{Id} could not be migrated: {run.Error}{run.Output}");
    }

    private static string KindOf(string service) => service.Split('/')[0];

    private async Task<int> ReadinessAsync(string service, CancellationToken cancellationToken) =>
        _running[service].HasEnded
            ? throw new InvalidOperationException($"{Id}/{service} ended while it started.\n{_running[service].Tail}")
            : await StatusOfAsync(service, "/health/ready", cancellationToken);

    private Dictionary<string, string> SettingsOf(string service)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Operator__Id"] = Id,
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = _roles.ConnectionStringOf(KindOf(service)),
            ["Storage__MigrateAtStart"] = "false",
            ["Storage__DataFolder"] = DataFolder,
            ["Http__Url"] = $"http://127.0.0.1:{_urls[service].Port}",
            ["PeerAddresses__AllowLoopback"] = "true",
        };
        if (KindOf(service) != "gateway")
            (settings["Bus__Transport"], settings["Bus__Uri"]) = ("RabbitMq", _users.AmqpUriOf(KindOf(service)).AbsoluteUri);
        if (KindOf(service) == "gateway")
            settings["Gateway__PeerUrl"] = $"https://127.0.0.1:{(service == "gateway" ? PeerPort : 0)}";
        if (KindOf(service) == "scheduler")
            (settings["Sync__Scheduled"], settings["Sync__RetryDelay"]) = ("false", "00:00:00.2");
        foreach (var (name, value) in _settings)
            settings[name] = value;
        return settings;
    }
}
