using CustomerService.AgentConsole.Live;
using CustomerService.Grains;
using CustomerService.Grains.Alerts;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Alerts;

/// <summary>The alerts as they stand.</summary>
internal sealed class AlertBoard(IGrainClient grains, IJournal journal, TimeProvider time, ILogger<AlertBoard> logger)
    : GrainBoard<AlertsView>(Grain.Alerts, new GetAlerts(), TimeSpan.FromSeconds(5), grains, journal, time, logger);
