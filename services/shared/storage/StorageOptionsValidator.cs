using System.Text.RegularExpressions;
using Causality.Core;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Causality.Storage;

/// <summary>Checks <see cref="StorageOptions"/> and names every fault at once.</summary>
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var faults = new List<string>();
        CheckFolder(options, faults);
        CheckConnection(options, faults);
        CheckBucket(options, faults);
        if (!ServiceNames.All.Contains(options.ServiceName))
            faults.Add(Fault(nameof(options.ServiceName), $"'{Printable.Shorten(options.ServiceName)}' is none of {string.Join(", ", ServiceNames.All)}."));
        if (options.StartTimeout < TimeSpan.FromSeconds(1) || options.StartTimeout > TimeSpan.FromHours(1))
            faults.Add(Fault(nameof(options.StartTimeout), $"{options.StartTimeout} is not between 1 s and 1 h."));
        if (!string.IsNullOrEmpty(options.RolePrefix) && !RolePrefix().IsMatch(options.RolePrefix))
            faults.Add(Fault(nameof(options.RolePrefix), $"'{Printable.Shorten(options.RolePrefix)}' is not 1 to 41 lower-case letters, digits and underscores, beginning with a letter."));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckFolder(StorageOptions options, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(options.DataFolder))
            faults.Add(Fault(nameof(options.DataFolder), "is required: the folder that the operator's services share, for example /var/lib/causality."));
        else if (File.Exists(options.DataFolder))
            faults.Add(Fault(nameof(options.DataFolder), $"'{options.DataFolder}' is a file; name a folder."));
        else if (!TryMake(options.DataFolder, out var reason))
            faults.Add(Fault(nameof(options.DataFolder), $"'{options.DataFolder}' does not exist and cannot be made: {reason}"));
    }

    private static bool TryMake(string folder, out string reason)
    {
        reason = "";
        try
        {
            Directory.CreateDirectory(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reason = e.Message;
            return false;
        }
    }

    private static void CheckConnection(StorageOptions options, List<string> faults)
    {
        if (options.Provider is not (DatabaseProvider.Sqlite or DatabaseProvider.PostgreSql))
            faults.Add(Fault(nameof(options.Provider), $"{options.Provider} is none of Sqlite, PostgreSql."));
        if (options.Provider == DatabaseProvider.PostgreSql && string.IsNullOrWhiteSpace(options.ConnectionString))
            faults.Add(Fault(nameof(options.ConnectionString), "is required for PostgreSql: Host=...;Database=...;Username=...;Password=..."));
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            return;

        try
        {
            _ = options.Provider == DatabaseProvider.PostgreSql
                ? (object)new NpgsqlConnectionStringBuilder(options.ConnectionString)
                : new SqliteConnectionStringBuilder(options.ConnectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The parser's words name the keyword at fault; the text itself may hold a password and is not repeated.
            faults.Add(Fault(nameof(options.ConnectionString), $"is not one for {options.Provider}: {e.Message}"));
        }
    }

    private static void CheckBucket(StorageOptions options, List<string> faults)
    {
        const string Bucket = nameof(StorageOptions.S3) + ":" + nameof(S3Options.Bucket);
        if (options.Store is not (SegmentStoreKind.Folder or SegmentStoreKind.S3))
            faults.Add(Fault(nameof(options.Store), $"{options.Store} is none of Folder, S3."));
        if (options.Store != SegmentStoreKind.S3)
            return;

        var s3 = options.S3;
        if (string.IsNullOrWhiteSpace(s3.Bucket))
            faults.Add(Fault(Bucket, "is required when Storage:Store is S3: the bucket of this operator's contents, which must exist."));
        if (s3.Endpoint is { Length: > 0 } endpoint && (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
            faults.Add(Fault($"{nameof(options.S3)}:{nameof(s3.Endpoint)}", $"'{Printable.Shorten(endpoint)}' is no address such as http://minio:9000."));
        if (s3.Prefix.StartsWith('/') || (s3.Prefix.Length > 0 && !s3.Prefix.EndsWith('/')))
            faults.Add(Fault($"{nameof(options.S3)}:{nameof(s3.Prefix)}", $"'{Printable.Shorten(s3.Prefix)}' must end in '/' and not begin with one, such as operator-a/."));
        if (string.IsNullOrWhiteSpace(s3.Region))
            faults.Add(Fault($"{nameof(options.S3)}:{nameof(s3.Region)}", "is empty; give one such as us-east-1, also for stores that have no regions."));
        if (s3.CacheBytes is < 0 or > 16L * 1024 * 1024 * 1024)
            faults.Add(Fault($"{nameof(options.S3)}:{nameof(s3.CacheBytes)}", $"{s3.CacheBytes} is not between 0 and 16 GiB."));
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,40}\z")]
    private static partial Regex RolePrefix();

    private static string Fault(string member, string what) => $"{StorageOptions.Section}:{member} {what}";
}
