using CustomerService.AgentConsole.Live;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Logging;

namespace CustomerService.AgentConsole.Retention;

/// <summary>The erasing as it stands; read each second, because it goes on.</summary>
internal sealed class RetentionBoard(IGrainClient grains, IJournal journal, TimeProvider time, ILogger<RetentionBoard> logger)
    : GrainBoard<RetentionView>(Grain.Retention, new GetRetention(), TimeSpan.FromSeconds(1), grains, journal, time, logger);
