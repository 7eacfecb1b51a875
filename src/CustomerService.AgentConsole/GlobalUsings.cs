global using CustomerService.Staff;
