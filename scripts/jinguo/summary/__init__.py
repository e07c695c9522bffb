"""The office's year as figures: organisations, registration, projects, service, visits, promotion, groups, duty."""
