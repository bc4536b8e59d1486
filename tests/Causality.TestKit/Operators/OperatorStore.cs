using Causality.TestKit.Servers;

namespace Causality.TestKit.Operators;

/// <summary>The folder, the database and the broker of one test's operator, gone with it. Several hosts may share it, as an operator's services do.</summary>
public sealed class OperatorStore : IAsyncDisposable
{
    private readonly PostgresServer? _postgres;
    private readonly RabbitMqServer? _rabbit;

    private OperatorStore(PostgresServer? postgres, RabbitMqServer? rabbit) => (_postgres, _rabbit) = (postgres, rabbit);

    /// <summary>Why a test on real servers is skipped.</summary>
    public const string Missing = "No such server is named; run infra/scripts/with-servers.sh COMMAND or infra/scripts/test.sh.";

    /// <summary>The operator's data folder.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("causality-operator-").FullName;

    /// <summary>True when the servers of a backend are named; the embedded one needs none.</summary>
    public static bool IsAvailable(Backend backend) =>
        backend == Backend.Embedded || (PostgresServer.IsAvailable && (backend == Backend.PostgreSql || RabbitMqServer.IsAvailable));

    /// <summary>Makes the folder, and the database and virtual host where the backend has them.</summary>
    /// <exception cref="TestServersMissingException">No server is named; see <see cref="IsAvailable"/>.</exception>
    public static async Task<OperatorStore> CreateAsync(Backend backend)
    {
        var postgres = backend == Backend.Embedded ? null : await PostgresServer.CreateAsync().ConfigureAwait(false);
        var rabbit = backend == Backend.Servers ? await RabbitMqServer.CreateAsync().ConfigureAwait(false) : null;
        return new OperatorStore(postgres, rabbit);
    }

    /// <summary>The configuration that opens it.</summary>
    public IReadOnlyDictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Storage:DataFolder"] = Folder, ["Bus:RetryDelay"] = "00:00:00.010" };
            if (_postgres is not null)
            {
                settings["Storage:Provider"] = "PostgreSql";
                settings["Storage:ConnectionString"] = _postgres.ConnectionString;
            }

            if (_rabbit is not null)
            {
                settings["Bus:Transport"] = "RabbitMq";
                settings["Bus:Uri"] = _rabbit.AmqpUri.ToString();
            }

            return settings;
        }
    }

    /// <summary>Removes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_rabbit is not null)
            await _rabbit.DisposeAsync().ConfigureAwait(false);
        if (_postgres is not null)
            await _postgres.DisposeAsync().ConfigureAwait(false);
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }
}
