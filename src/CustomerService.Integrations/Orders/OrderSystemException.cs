namespace CustomerService.Integrations.Orders;

/// <summary>The order system cannot be used as it is. The message names the file and the fix.</summary>
public sealed class OrderSystemException(string message, Exception? cause = null) : Exception(message, cause);
