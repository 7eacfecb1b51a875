using CustomerService.Silo.CommandLine;

return await SiloCommandLine.RunAsync(args);
