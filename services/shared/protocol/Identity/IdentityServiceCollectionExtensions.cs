using Causality.Core;
using Causality.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        return services;
    }

    private static OperatorIdentity Open(IServiceProvider services)
    {
        var operatorId = new OperatorId(services.GetRequiredService<IOptions<OperatorOptions>>().Value.Id);
        var dataFolder = services.GetRequiredService<IOptions<StorageOptions>>().Value.DataFolder;
        return new IdentityFolder(Path.Combine(dataFolder, "identity"), services.GetRequiredService<TimeProvider>()).LoadOrCreate(operatorId);
    }
}
