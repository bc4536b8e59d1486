using System.Text;
using Causality.EndToEnd.Tests.Operators;
using Causality.TestKit.Processes;
using Causality.TestKit.Secrets;
using Npgsql;

namespace Causality.EndToEnd.Tests.Secrets;

/// <summary>What an operator leaves to be seen: its answers, its logs, its rows, its files.</summary>
internal static class LookedInto
{
    /// <summary>What anybody can ask a service without a token, and what everybody on the machine sees of its process.</summary>
    public static async Task<List<SearchedPlace>> ServicesAsync(OperatorProcesses one, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var places = new List<SearchedPlace>();
        foreach (var service in OperatorProcesses.Services)
        {
            foreach (var (kind, path) in new[] { ("metrics", "/metrics"), ("health", "/health/ready"), ("health", "/health/live") })
                places.Add(new(kind, $"{one.Id}/{service}{path}", await http.GetByteArrayAsync(new Uri(one.UrlOf(service), path), cancellationToken)));
            places.Add(new("command lines", $"{one.Id}/{service}", await File.ReadAllBytesAsync($"/proc/{one.ProcessOf(service).ProcessId}/cmdline", cancellationToken)));
        }

        return places;
    }

    /// <summary>What the services have printed; after they have stopped.</summary>
    public static IEnumerable<SearchedPlace> Logs(OperatorProcesses one) =>
        Directory.EnumerateFiles(one.Folder, "*.log").Select(file => new SearchedPlace("logs", $"{one.Id}/{Path.GetFileName(file)}", File.ReadAllBytes(file)));

    /// <summary>The files that the services have written, but for those that are secrets.</summary>
    public static IEnumerable<SearchedPlace> Files(OperatorProcesses one) =>
        Directory.EnumerateFiles(one.DataFolder, "*", SearchOption.AllDirectories).Where(file => !SecretsOf.IsKeptIn(file)).Select(file => new SearchedPlace("files", Path.GetRelativePath(one.Folder, file), File.ReadAllBytes(file)));

    /// <summary>Every row of every table.</summary>
    public static async Task<List<SearchedPlace>> DatabaseAsync(OperatorProcesses one, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(one.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        var places = new List<SearchedPlace>();
        foreach (var table in await Rows.ReadAsync(connection, "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')", cancellationToken))
            places.Add(new("database", $"{one.Id} {table}", Encoding.UTF8.GetBytes(string.Join('\n', await Rows.ReadAsync(connection, $"SELECT row_to_json(t)::text FROM {table} t", cancellationToken)))));
        return places;
    }

    /// <summary>Runs a command as a person does who has a token.</summary>
    public static async Task<SearchedPlace> CommandAsync(OperatorProcesses one, IReadOnlyDictionary<string, string> environment, string[] arguments, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>(environment)
        {
            ["CAUSALITY_URL"] = one.UrlOf("scheduler").AbsoluteUri,
            ["CAUSALITY_GATEWAY_URL"] = one.UrlOf("gateway").AbsoluteUri,
            ["CAUSALITY_CONFLICTS_URL"] = one.UrlOf("conflict-resolver").AbsoluteUri,
        };
        var run = await ProgramRun.ToEndAsync("dotnet", [BuiltPrograms.Causality, .. arguments], variables, one.Folder, cancellationToken);
        return new("command line", $"causality {string.Join(' ', arguments)}", Encoding.UTF8.GetBytes($"{run.ExitCode}\n{run.Output}{run.Error}"));
    }
}
