using CustomerService.Gateway.Chat;
using CustomerService.Gateway.Conversations;
using CustomerService.Gateway.Errors;
using CustomerService.Gateway.Visitors;
using CustomerService.Gateway.Waiting;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerService.Gateway.Sockets;

/// <summary>What every socket works with.</summary>
internal sealed record ChatSocketParts(
    GatewayOptions Options, LiveChatSettings Settings, IGrainClient Grains, IJournal Journal, MessageIntake Intake, ConversationReader Reader, TypingSignals Typing,
    WaitingCustomers Waiting, ChatLimits Limits, Callers Callers, VisitorTokens Tokens, IHostApplicationLifetime Host, SocketLogs Logs, TimeProvider Time)
{
    /// <summary>The customer's side received or read messages.</summary>
    /// <exception cref="ProblemException">It isn't this visitor's conversation.</exception>
    public async ValueTask ReceiptAsync(GrainId conversation, Caller.Visitor visitor, long upTo, string status, CancellationToken cancellation)
    {
        var view = await Grains.AskForAsync<ConversationView>(conversation, new GetConversation(), cancellation);
        if (!ConversationReader.IsFor(view, visitor))
            throw Problems.NotYourConversation();
        if (view.Status != ConversationStatus.New)
            await Grains.AskForAsync<Done>(conversation, new ReportReceipt(upTo, status), cancellation);
    }
}

internal sealed partial class SocketLogs(ILogger<ChatSocket> logger)
{
    public void Failed(Exception fault, Problem problem)
    {
        if (problem.Status == 503)
            LogRefused(problem.Code, fault.Message);
        else if (problem.Status >= 500)
            LogFault(fault);
    }

    [LoggerMessage(LogLevel.Warning, "A socket's frame ended with {Code}: {Reason}")]
    private partial void LogRefused(string code, string reason);

    [LoggerMessage(LogLevel.Error, "A socket failed")]
    private partial void LogFault(Exception fault);
}
