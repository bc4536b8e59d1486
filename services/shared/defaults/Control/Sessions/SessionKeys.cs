using Causality.Protocol.Identity;
using Causality.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Causality.ServiceDefaults.Control.Sessions;

/// <summary>Keeps the keys that protect sessions in a folder beside the operator's identity, readable by its user only, so that restarts and replicas accept each other's cookies.</summary>
internal sealed class SessionKeys(IOptions<ControlOptions> control, IOptions<StorageOptions> storage, IOptions<OperatorOptions> self, ILoggerFactory loggers)
    : IConfigureOptions<KeyManagementOptions>, IConfigureOptions<DataProtectionOptions>
{
    private DirectoryInfo Folder => new(control.Value.KeysFolder is { Length: > 0 } folder ? folder : Path.Combine(storage.Value.DataFolder, "control-keys"));

    public void Configure(KeyManagementOptions options) => options.XmlRepository = new FileSystemXmlRepository(Make(), loggers);

    public void Configure(DataProtectionOptions options) => options.ApplicationDiscriminator = "causality:" + self.Value.Id;

    /// <summary>Makes the first key before anybody needs it, one process at a time: processes that start at once would each make one that the others do not know.</summary>
    internal sealed class FirstKey(SessionKeys keys, IKeyManager manager, TimeProvider time, IOptions<KeyManagementOptions> options) : IHostedLifecycleService
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

        public Task StartingAsync(CancellationToken cancellationToken)
        {
            try
            {
                using var held = FolderLock.Acquire(Path.Combine(keys.Make().FullName, ".lock"), Patience);
                if (manager.GetAllKeys().Count == 0)
                    manager.CreateNewKey(time.GetUtcNow(), time.GetUtcNow() + options.Value.NewKeyLifetime);
                return Task.CompletedTask;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new StorageUnavailableException($"The folder of session keys '{keys.Folder.FullName}' cannot be used: {exception.Message} Check that this user may write to it, or set Control:KeysFolder.", exception);
            }
        }

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private DirectoryInfo Make()
    {
        var folder = Folder;
        if (OperatingSystem.IsWindows())
            folder.Create();
        else
            Directory.CreateDirectory(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
