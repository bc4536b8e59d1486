using Causality.ConflictResolver.Extensions;
using Causality.ServiceDefaults;
using Causality.Storage;

return await ServiceProcess.RunAsync(args, ServiceNames.ConflictResolver, "http://127.0.0.1:7074",
    bus => bus.AddConflictResolverConsumers(),
    builder => builder.Services.AddConflictResolver(),
    routes => routes.MapConflictResolver());
