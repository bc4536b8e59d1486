using Causality.Protocol.Client;
using Causality.ServiceDefaults;
using Causality.Storage;
using Causality.Transfer.Extensions;

return await ServiceProcess.RunAsync(args, ServiceNames.Transfer, "http://127.0.0.1:7073", bus => bus.AddTransferConsumers(), builder =>
{
    builder.Services.AddSyncProtocolClient();
    builder.Services.AddTransfer();
});
