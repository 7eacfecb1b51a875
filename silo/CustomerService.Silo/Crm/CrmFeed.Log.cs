using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Crm;

internal sealed partial class CrmFeed
{
    [LoggerMessage(LogLevel.Information, "{Destination} is told what the journal says after position {Position}; it ends at {End}")]
    private partial void LogFollows(string destination, long position, long end);

    [LoggerMessage(LogLevel.Warning, "{Destination} was told of the journal up to position {Position}, but it ends at {End}: it is not the journal that it was. Everything is sent again")]
    private partial void LogBeyondTheEnd(string destination, long position, long end);

    [LoggerMessage(LogLevel.Warning, "{Destination} did not take {Event} {Key}: {Reason}. Tried again in {Seconds:0.0} s")]
    private partial void LogRetry(string destination, string @event, string key, string reason, double seconds);

    [LoggerMessage(LogLevel.Warning, "{Destination} refused {Event} {Key}: {Reason}. It is kept among the refused events, and passed over")]
    private partial void LogRefused(string destination, string @event, string key, string reason);

    [LoggerMessage(LogLevel.Error, "{Destination}: event #{Sequence} of {Grain} is passed over, for the journal lacks the ticket's opening")]
    private partial void LogNoOpening(string destination, GrainId grain, long sequence);

    [LoggerMessage(LogLevel.Error, "{Destination} keeps {Grain} as {ExternalId}, which could not be noted: see parked command {ParkedId}")]
    private partial void LogNotNoted(string destination, string externalId, GrainId grain, string parkedId);

    [LoggerMessage(LogLevel.Warning, "{Destination}: position {Position} could not be kept. What was sent since the last one that was is sent again, under the same keys")]
    private partial void LogNotKept(Exception fault, string destination, long position);

    [LoggerMessage(LogLevel.Error, "{Destination} is not told of more than position {Position} for now. Tried again in {Seconds:0.0} s")]
    private partial void LogFault(Exception fault, string destination, long position, double seconds);
}
