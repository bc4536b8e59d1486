using Causality.Differ.Extensions;
using Causality.Protocol.Client;
using Causality.ServiceDefaults;
using Causality.Storage;

return await ServiceProcess.RunAsync(args, ServiceNames.Differ, "http://127.0.0.1:7072", bus => bus.AddDifferConsumers(), builder =>
{
    builder.Services.AddSyncProtocolClient();
    builder.Services.AddDiffer();
});
