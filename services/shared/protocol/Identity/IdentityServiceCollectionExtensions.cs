using Causality.Core;
using Causality.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Causality.Protocol.Identity;

/// <summary>Registers who this operator is.</summary>
public static class IdentityServiceCollectionExtensions
{
    /// <summary>Adds <see cref="OperatorOptions"/> (validated at start) and <see cref="OperatorIdentity"/>, kept in <c>identity</c> of the data folder and made at first use.</summary>
    /// <param name="services">May be called more than once.</param>
    /// <remarks>Resolving the identity throws <see cref="IdentityException"/> when the folder holds another operator's.</remarks>
    public static IServiceCollection AddOperatorIdentity(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OperatorOptions>, OperatorOptionsValidator>());
        services.AddOptions<OperatorOptions>().BindConfiguration(OperatorOptions.Section).ValidateOnStart();
        services.TryAddSingleton(Open);
        services.TryAddSingleton(provider => new IdentityRotation(DataFolderOf(provider), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Adds warnings of a certificate that ends soon and of a rotation that stands still; in one service of an operator.</summary>
    public static IServiceCollection AddIdentityWatch(this IServiceCollection services)
    {
        services.AddMetrics();
        return services.AddHostedService<IdentityWatch>();
    }

    private static OperatorIdentity Open(IServiceProvider services)
    {
        var operatorId = new OperatorId(services.GetRequiredService<IOptions<OperatorOptions>>().Value.Id);
        var logger = services.GetService<ILogger<OperatorIdentity>>() ?? NullLogger<OperatorIdentity>.Instance;
        return new IdentityFolder(Path.Combine(DataFolderOf(services), "identity"), services.GetRequiredService<TimeProvider>(), logger.KeyWasOpen).LoadOrCreate(operatorId);
    }

    private static string DataFolderOf(IServiceProvider services) => services.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder;
}
