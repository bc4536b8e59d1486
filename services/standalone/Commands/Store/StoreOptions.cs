using System.CommandLine;
using Causality.ServiceDefaults;
using Causality.Standalone.Input;
using Causality.Storage;
using Causality.Storage.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Causality.Standalone.Commands.Store;

/// <summary>The options of the commands that open an operator's database and files themselves, whether it runs or not.</summary>
internal sealed class StoreOptions
{
    public Option<string?> Data { get; } = new("--data") { Description = "The operator's data folder. Environment: Storage__DataFolder." };

    public Option<string?> Database { get; } = new("--database")
    {
        Description = "Connection string of the operator's PostgreSQL database; without it the SQLite file in the data folder. Environment, or a secret file as of the services: Storage__ConnectionString with Storage__Provider=PostgreSql (better: a command line is visible to others).",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON." };

    /// <summary>A command with these options, run with the operator's storage.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="isNew">True when the operator is to be made: then nothing needs to be there yet.</param>
    /// <param name="run">The work.</param>
    /// <param name="symbols">Its own arguments and options.</param>
    public Command Command(string name, string description, bool isNew, Func<ParseResult, IServiceProvider, CancellationToken, Task<int>> run, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, $"{description} More settings as for serve, such as --Storage:StartTimeout=00:00:05.") { Data, Database, Json };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }

        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var configuration = Configure(parsed, name, isNew);
            await using var services = StoreHost.Build(configuration);
            if (!isNew)
                await OpenAsync(services, cancellationToken);
            return await run(parsed, services, cancellationToken);
        }));
        return command;
    }

    private ConfigurationManager Configure(ParseResult parsed, string name, bool isNew)
    {
        var configuration = new ConfigurationManager();
        configuration.AddSecretFiles();
        configuration.AddEnvironmentVariables();
        configuration.AddCommandLine(Settings.Read(parsed.UnmatchedTokens, name));
        var given = new Dictionary<string, string?> { ["Storage:MigrateAtStart"] = isNew ? "true" : "false" };
        if (!isNew && configuration["Storage:StartTimeout"] is null)
            given["Storage:StartTimeout"] = "00:00:05";
        if (parsed.GetValue(Data) is { } data)
            given["Storage:DataFolder"] = data;
        if (parsed.GetValue(Database) is { } database)
            (given["Storage:ConnectionString"], given["Storage:Provider"]) = (database, nameof(DatabaseProvider.PostgreSql));
        configuration.AddInMemoryCollection(given);
        if (configuration["Storage:DataFolder"] is not { Length: > 0 } folder)
            throw new InputException("--data is missing: give the operator's data folder, such as ./data (or set Storage__DataFolder in the environment).");
        if (!isNew && !Directory.Exists(folder))
            throw new InputException($"There is no data folder '{folder}'.");
        return configuration;
    }

    // Opening a SQLite database that is not there would make an empty one.
    private static async Task OpenAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(options.ConnectionString ?? "").DataSource is { Length: > 0 } named ? named : Path.Combine(options.DataFolder, "causality.db");
            if (!File.Exists(file))
                throw new InputException($"There is no operator's database '{file}': name its data folder by --data, or its PostgreSQL database by --database.");
        }

        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
    }
}
