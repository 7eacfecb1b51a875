using System.Net.Sockets;
using CustomerService.Silo.CommandLine;
using CustomerService.Silo.Composition;
using Microsoft.AspNetCore.Connections;

namespace CustomerService.Silo.Running;

/// <summary>Says what keeps a process from starting, and what to do.</summary>
internal static class StartFaults
{
    /// <summary>The fault as a command's one clear message; null when it is a bug of ours, which keeps its stack.</summary>
    public static CommandFailedException? Recognise(Exception fault, SiloSettings settings) => fault switch
    {
        IOException { InnerException: AddressInUseException } => new CommandFailedException(
            $"An address is in use already: {settings.Listen}{(settings.MetricsPort == 0 ? "" : $" or port {settings.MetricsPort} (--metrics-port)")}. Stop what listens there, or choose another with --listen or --metrics-port."),
        AddressInUseException when settings.Cluster is { } part => new CommandFailedException(
            $"A silo's port is in use already: {part.SiloPort} (--silo-port) or {part.ClientPort} (--client-port). Stop what listens there, or choose others; 0 takes a free one."),
        SocketException socket => new CommandFailedException($"Can't listen on {settings.Listen}: {socket.Message}. Choose another address with --listen."),
#if ORLEANS
        StackExchange.Redis.RedisException or StackExchange.Redis.RedisTimeoutException when settings.Cluster is { } part => new CommandFailedException(
            $"The cluster's Redis, {part.Redis}, can't be used: check that it runs, and its address and password ({Beginning(fault.GetBaseException().Message)})."),
        Orleans.Runtime.OrleansException => new CommandFailedException($"This process can't join the cluster: {fault.Message}"),
#endif
        _ => ContentFaults.Recognise(fault),
    };

#if ORLEANS
    /// <summary>What comes after is for those who develop the driver.</summary>
    private static string Beginning(string message) => message.Split([',', '\n'], 2)[0];
#endif
}
