using Causality.Scheduler.Extensions;
using Causality.ServiceDefaults;
using Causality.Storage;

return await ServiceProcess.RunAsync(args, ServiceNames.Scheduler, "http://127.0.0.1:7071",
    bus => bus.AddSchedulerConsumers(),
    builder => builder.Services.AddScheduler(builder.Configuration),
    app => app.MapScheduler());
