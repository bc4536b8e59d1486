using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.KeyPerFile;

namespace Causality.ServiceDefaults;

/// <summary>Settings from files, one a setting: the shape in which Docker and Kubernetes hand out secrets.</summary>
public static class SecretFiles
{
    /// <summary>The environment variable that names the folder.</summary>
    /// <value>Default: unset, and no file is read. The images set <c>/run/secrets</c>.</value>
    public const string Variable = "CAUSALITY_SECRETS";

    /// <summary>Adds every file of the folder as a setting: the name as in the environment (<c>Storage__ConnectionString</c>), the value without its last line break.</summary>
    /// <param name="configuration">The files come first, so that everything else wins over them.</param>
    /// <remarks>Read once, at start. A folder that does not exist is one without secrets; a file that cannot be read keeps the process from starting (<see cref="UnauthorizedAccessException"/>).</remarks>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder configuration)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder && Directory.Exists(folder))
            configuration.Sources.Insert(0, SourceOf(folder));
        return configuration;
    }

    private static KeyPerFileConfigurationSource SourceOf(string folder)
    {
        var source = new KeyPerFileConfigurationSource { ReloadOnChange = false, Optional = true };
        source.FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(Path.GetFullPath(folder));
        return source;
    }
}
