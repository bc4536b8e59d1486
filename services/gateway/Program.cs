using Causality.Gateway.Extensions;
using Causality.ServiceDefaults;
using Causality.Storage;

return await ServiceProcess.RunAsync(
    args, ServiceNames.Gateway, GatewayModule.DefaultUrl, consumers: null,
    builder => builder.Services.AddGateway(),
    routes => routes.MapGateway());
