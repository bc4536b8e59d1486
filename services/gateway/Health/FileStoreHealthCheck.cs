using Causality.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Causality.Gateway.Health;

/// <summary>Ready when the data folder takes a file.</summary>
internal sealed class FileStoreHealthCheck(IOptions<StorageOptions> options, ILogger<FileStoreHealthCheck> logger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(options.Value.DataFolder, $".ready-{Guid.NewGuid():N}");
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await file.WriteAsync("ready"u8.ToArray(), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            logger.FolderNotWritable(exception.Message);
            return HealthCheckResult.Unhealthy("the data folder takes no files");
        }
    }
}
